// The words of these pages come with them, not with the first file.
import { addWords } from '@/i18n'
import words from '@/i18n/outside-zh'
import '@/intake/words'
import '@/runs/words'

addWords(words)
