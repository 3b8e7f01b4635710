// Chinese of the pages of web/src/people; English beside it.
const words = {
} as const
export default words
