// Chinese of the pages of web/src/train; English beside it.
const words = {
} as const
export default words
