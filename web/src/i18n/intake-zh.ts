// Chinese of the pages of web/src/intake; English beside it.
const words = {
} as const
export default words
