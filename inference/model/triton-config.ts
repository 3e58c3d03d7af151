/**
 * What NVIDIA Triton and KServe read beside the versions. Batch sizes are 0 because the first dimension is declared
 * outright; two versions stay loaded so that a client with the older vocabulary is still answered.
 */
export const TRITON_CONFIG = `name: "ease"
backend: "onnxruntime"
max_batch_size: 0
version_policy: { latest: { num_versions: 2 } }
input [
  { name: "rows", data_type: TYPE_INT32, dims: [ -1, -1 ] },
  { name: "weights", data_type: TYPE_FP32, dims: [ -1, -1 ] },
  { name: "played", data_type: TYPE_BOOL, dims: [ -1, -1 ] },
  { name: "allowed", data_type: TYPE_BOOL, dims: [ -1, -1 ] },
  { name: "count", data_type: TYPE_INT64, dims: [ 1 ] },
  { name: "also", data_type: TYPE_INT32, dims: [ -1, -1 ] }
]
output [
  { name: "games", data_type: TYPE_INT64, dims: [ -1, -1 ] },
  { name: "scores", data_type: TYPE_FP32, dims: [ -1, -1 ] },
  { name: "contributions", data_type: TYPE_FP32, dims: [ -1, -1, -1 ] },
  { name: "reasons", data_type: TYPE_INT32, dims: [ -1, -1, -1 ] },
  { name: "shares", data_type: TYPE_FP32, dims: [ -1, -1, -1 ] },
  { name: "speaking", data_type: TYPE_FP32, dims: [ -1, -1, 8 ] }
]
`
