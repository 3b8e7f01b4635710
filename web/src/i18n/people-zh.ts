// Chinese of the pages of web/src/people; English beside it.
const words = {
}
export default words
