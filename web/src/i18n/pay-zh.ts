// Chinese of the pages of web/src/pay; English beside it.
const words = {
}
export default words
