import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { ApiError, get, onSignedOut, post, remove, setCsrf } from '@/api/client'
import { leave } from '@/field/presence'
import type { Overview, Permission, Scope, Session } from '@/api/types'

// Whether somebody logged in on this device: without it nobody is asked for, and the login page opens at once.
const HINT = 'guanhu.here'

/** Who is here, what they may do, and what the bank stands at. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const overview = ref<Overview | null>(null)
  const asked = ref(false)
  let early: Promise<Overview> | null = null

  const can = (permission: Permission) => scope(permission) !== 'none'
  const scope = (permission: Permission): Scope => session.value?.permissions[permission] ?? 'none'
  const isHolder = computed(() => session.value?.roles.includes('manager') ?? false)

  function take(answer: Session | null) {
    session.value = answer
    setCsrf(answer?.csrf ?? '')
    if (answer) localStorage.setItem(HINT, answer.must_change ? 'newcomer' : 'settled')
    else {
      localStorage.removeItem(HINT)
      localStorage.removeItem('guanhu.sheet')
      window.guanhuEarly?.clear()
    }
  }
  onSignedOut(() => take(null))

  /** Asks once who is here; null when nobody is. */
  async function restore(): Promise<Session | null> {
    if (asked.value) return session.value
    const hint = localStorage.getItem(HINT)
    if (hint) {
      // On its way at the same time, for pages cannot begin without it; a newcomer may not have it yet.
      early = hint === 'settled' ? get('/overview') : null
      early?.catch(() => { /* asked again by readOverview */ })
      try {
        take(await get('/session'))
      } catch (e) {
        if (!(e instanceof ApiError) || e.status !== 401) throw e
        take(null)
      }
    }
    asked.value = true
    return session.value
  }
  async function logIn(login: string, password: string) {
    localStorage.removeItem('guanhu.sheet') // perhaps another's
    take(await post('/session', { login, password }))
    asked.value = true
    return session.value!
  }
  async function changePassword(old_password: string, new_password: string) {
    await post('/session/password', { old_password, new_password })
    take(await get('/session'))
  }
  async function logOut() {
    await leave().catch(() => { /* nothing was taken along */ })
    try {
      await remove('/session')
    } finally {
      take(null)
      overview.value = null
    }
  }
  async function readOverview() {
    const first = early
    early = null
    overview.value = (await first?.catch(() => null)) ?? (await get('/overview'))
  }
  return { session, overview, asked, isHolder, can, scope, restore, logIn, logOut, changePassword, readOverview }
})
