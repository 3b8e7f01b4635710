// Chinese of the pages of web/src/advice; English beside it.
const words = {
} as const
export default words
