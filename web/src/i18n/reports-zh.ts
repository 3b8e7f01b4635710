// Chinese of the pages of web/src/reports; English beside it.
const words = {
} as const
export default words
