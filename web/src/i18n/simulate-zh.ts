// Chinese of the pages of web/src/simulate; English beside it.
const words = {
}
export default words
