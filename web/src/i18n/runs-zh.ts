// Chinese of the pages of web/src/runs; English beside it.
const words = {
}
export default words
