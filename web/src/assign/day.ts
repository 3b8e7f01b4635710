// The bank's working day, as the list of to-dos knows it; the machine's until it has said so.
import { today } from '@/lib/format'
import { useTodos } from '@/stores/todo'

export function bankDay(): string {
  const todos = useTodos()
  if (!todos.summary) void todos.read()
  return todos.summary?.today ?? today()
}
