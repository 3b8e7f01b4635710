// Chinese of the pages of web/src/customers; English beside it.
const words = {
}
export default words
