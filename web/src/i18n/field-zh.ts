// Chinese of the pages of web/src/field; English beside it.
const words = {
} as const
export default words
