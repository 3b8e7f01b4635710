// The words of these parts come with them, not with the first file.
import { addWords } from '@/i18n'
import words from '@/i18n/records-zh'

addWords(words)
