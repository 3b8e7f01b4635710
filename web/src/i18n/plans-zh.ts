// Chinese of the pages of web/src/plans; English beside it.
const words = {
} as const
export default words
