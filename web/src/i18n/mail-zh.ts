// Chinese of the pages of web/src/mail; English beside it.
const words = {
} as const
export default words
