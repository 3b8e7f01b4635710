// English of the pages' areas, all at once: who reads English has it with the first file.
import rulebook from './rulebook-en'
import runs from './runs-en'
import assess from './assess-en'
import pay from './pay-en'
import workshop from './workshop-en'
import simulate from './simulate-en'
import todo from './todo-en'
import people from './people-en'
import customers from './customers-en'
import intake from './intake-en'
import assign from './assign-en'
import plans from './plans-en'
import field from './field-en'
import leads from './leads-en'
import mail from './mail-en'
import train from './train-en'
import advice from './advice-en'
import reports from './reports-en'
import records from './records-en'
import house from './house-en'
import outside from './outside-en'

export default {
  ...rulebook,
  ...runs,
  ...assess,
  ...pay,
  ...workshop,
  ...simulate,
  ...todo,
  ...people,
  ...customers,
  ...intake,
  ...assign,
  ...plans,
  ...field,
  ...leads,
  ...mail,
  ...train,
  ...advice,
  ...reports,
  ...records,
  ...house,
  ...outside,
}
