import { type Filter, NO_FILTER } from '../../../core/catalogue/filter.ts'

/** A filter on nothing but what a test names. */
export function filtered(wanted: Partial<Filter> = {}): Filter {
  return { ...NO_FILTER, ...wanted }
}
