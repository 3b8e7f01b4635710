// Chinese of the pages of web/src/workshop; English beside it.
const words = {
}
export default words
