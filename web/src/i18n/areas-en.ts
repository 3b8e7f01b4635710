// English of the pages' areas, all at once: who reads English has it with the first file.
import rulebook from './rulebook-en'
import runs from './runs-en'
import assess from './assess-en'
import pay from './pay-en'
import workshop from './workshop-en'
import simulate from './simulate-en'
import todo from './todo-en'

export default {
  ...rulebook,
  ...runs,
  ...assess,
  ...pay,
  ...workshop,
  ...simulate,
  ...todo,
}
