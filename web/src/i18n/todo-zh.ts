// Chinese of the pages of web/src/todo; English beside it.
const words = {
}
export default words
