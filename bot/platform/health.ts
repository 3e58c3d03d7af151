/** What each part says of itself; `ok: false` makes the program not ready. */
export type Health = () => Promise<
  Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>
>
