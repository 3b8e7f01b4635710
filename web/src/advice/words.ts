// The words of these pages come with them, not with the first file.
import { addWords } from '@/i18n'
import words from '@/i18n/advice-zh'
import '@/mail/words'
import '@/records/words'
import '@/todo/words'
import '@/customers/words'

addWords(words)
