// Chinese of the pages of web/src/leads; English beside it.
const words = {
} as const
export default words
