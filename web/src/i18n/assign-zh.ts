// Chinese of the pages of web/src/assign; English beside it.
const words = {
} as const
export default words
