// Chinese of the pages of web/src/assess; English beside it.
const words = {
}
export default words
