// Chinese of the pages of web/src/office; English beside it.
const words = {
}
export default words
