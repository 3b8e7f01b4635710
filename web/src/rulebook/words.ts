// Imported by every page of the rulebook: brings its words.
import { addWords } from '@/i18n'
import words from '@/i18n/rulebook-zh'

addWords(words)
