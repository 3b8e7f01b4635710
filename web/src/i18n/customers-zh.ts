// Chinese of the pages of web/src/customers; English beside it.
const words = {
} as const
export default words
