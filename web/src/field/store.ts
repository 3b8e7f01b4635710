// The field on this device: is it set up, locked, open; what was taken along; what waits to be sent and how that goes.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError, get, post, request } from '@/api/client'
import { keepFile } from '@/records/records'
import { useSession } from '@/stores/session'
import { draftOf, judge, keep, keepDraft, keepPack, looked, memoOf, packOf, setPassphrase, told, tryPassphrase, wipe, wipeOthers, type DeviceMemo, type DraftPhoto } from './device'
import { Queue, type Body, type Entry, type Sent, type Transport } from './queue'
import { browserShelf, type Shelf } from './shelf'
import { keyOf } from './vault'
import type { FieldPack } from './types'
import { LEFT, WHO, canKeep } from './presence'

const WHERE: Record<Entry['kind'], (e: Entry) => [string, string]> = {
  'visit.plan': () => ['POST', '/visits'],
  'visit.record': () => ['POST', '/visits/done'],
  'visit.done': (e) => ['POST', `/visits/${idOf(e)}/done`],
  'visit.change': (e) => ['PUT', `/visits/${idOf(e)}`],
  'visit.miss': (e) => ['POST', `/visits/${idOf(e)}/miss`],
  'visit.move': (e) => ['POST', `/visits/${idOf(e)}/move`],
  'todo.done': (e) => ['POST', `/field/todos/${idOf(e)}/done`],
  'log.note': () => ['POST', '/field/notes'],
}
const idOf = (e: Entry) => encodeURIComponent(e.about.split(' ')[1] ?? '')
const transport: Transport = {
  file: async (blob, name) => ({ digest: (await keepFile(blob, name)).digest }),
  send: (entry, body) => request(...WHERE[entry.kind](entry), { body }),
  now: () => Date.now(),
}

const ASK_AGAIN = 5 * 60_000
export type Status = 'looking' | 'none' | 'locked' | 'open' | 'unable'

export const useField = defineStore('field', () => {
  const session = useSession()
  const shelf: Shelf = browserShelf()
  const status = ref<Status>('looking')
  const memo = shallowRef<DeviceMemo | null>(null)
  const pack = shallowRef<FieldPack | null>(null)
  const entries = shallowRef<Entry[]>([])
  const sending = ref(false)
  const stopped = ref<Sent['stopped']>('')
  const online = ref(navigator.onLine)
  const said = ref('') // why what was taken along is gone: 'void', 'back', 'revoked', 'wiped'
  const sent = ref(0) // how often something arrived: pages read anew
  let key: CryptoKey | null = null
  let queue: Queue | null = null
  let started: Promise<void> | null = null

  const login = computed(() => session.session?.login ?? localStorage.getItem(WHO) ?? '')
  const waiting = computed(() => entries.value.filter((e) => e.state === 'waiting').length)
  const stuck = computed(() => entries.value.filter((e) => e.state !== 'waiting').length)

  /** Once for a page: who is here, what lies on this device; opened at once where a login vouches for it. */
  function start(): Promise<void> {
    started ??= begin().catch(() => { status.value = 'unable' })
    return started
  }
  let listening = false
  let heard = 0 // when the server last said that this device is all right
  async function begin() {
    if (!listening) listen()
    if (!canKeep()) { status.value = 'unable'; return }
    if (session.session) await wipeOthers(shelf, session.session.login)
    if (login.value) memo.value = await memoOf(shelf, login.value)
    if (!memo.value) { status.value = 'none'; return }
    status.value = 'locked'
    if (session.session) await openByLogin()
  }
  function listen() {
    listening = true
    window.addEventListener('online', () => { online.value = true; void wake() })
    window.addEventListener('offline', () => { online.value = false })
    setInterval(() => { if (!document.hidden) void wake() }, 60_000)
    // Somebody logged in, out, or another came: what is open is of the one who is here.
    watch(() => session.session?.login, (now) => {
      if (now && now === memo.value?.login && status.value === 'open') return void send()
      // A session that ran out is no leaving: one goes on writing, and logs in to send.
      if (!now && memo.value) return
      reset()
      if (now) void start()
    })
    window.addEventListener(LEFT, reset)
  }
  function reset() {
    key = queue = started = null
    memo.value = pack.value = null
    entries.value = []
    said.value = stopped.value = ''
    status.value = 'looking'
  }
  async function wake() {
    if (memo.value) {
      memo.value = looked(memo.value, Date.now())
      await keep(shelf, memo.value)
      await check()
    }
    if (status.value !== 'open') return
    await ask()
    await send()
  }
  /** Now and then: is this device still one of ours. */
  async function ask() {
    if (!session.session || !memo.value || Date.now() - heard < ASK_AGAIN) return
    const page = await get('/field/devices', { whose: 'mine' }).catch(() => null)
    if (!page) return
    heard = Date.now()
    const state = page.items.find((d) => d.id === memo.value?.id)?.state
    if (state === 'revoked') await forget('revoked')
  }

  /** What is too old goes; what a turned-back clock says is not believed. */
  async function check() {
    const of = memo.value
    if (!of) return
    const clock = judge(of, Date.now())
    if (clock === 'back') { said.value = 'back'; pack.value = null }
    else if (clock === 'void') { await forget('void') }
    else if (said.value === 'back') said.value = ''
  }
  async function forget(why: string) {
    said.value = why
    pack.value = null
    if (!memo.value) return
    if (why === 'void') {
      memo.value = { ...memo.value, until: '' }
      await shelf.put([{ store: 'sealed', key: `pack ${memo.value.login}`, value: undefined }, { store: 'devices', key: memo.value.login, value: memo.value }])
    } else {
      memo.value = await wipe(shelf, memo.value)
      if (why !== 'revoked') return
      key = queue = null
      entries.value = []
      status.value = 'locked'
    }
  }

  async function take(opened: CryptoKey) {
    key = opened
    queue = new Queue(shelf, memo.value!.login, opened, memo.value!.id)
    status.value = 'open'
    await check()
    if (!said.value || said.value === 'wiped') pack.value = await packOf<FieldPack>(shelf, memo.value!, opened)
    entries.value = await queue.list()
    if (session.session) void send()
  }
  /** The server gives the key to whoever is logged in; a device that was revoked hears of it here. */
  async function openByLogin(): Promise<void> {
    try {
      const got = await post('/field/devices/{id}/key', undefined, { id: memo.value!.id })
      memo.value = told({ ...memo.value!, tries: 0 }, got.now, Date.now())
      await keep(shelf, memo.value)
      await take(await keyOf(got.key))
    } catch (e) {
      const error = e as ApiError
      if (error.code === 'device.revoked') await forget('revoked')
      else if (error.code === 'device.wiped' || error.status === 404) {
        await shelf.put([{ store: 'devices', key: memo.value!.login, value: undefined }, { store: 'sealed', key: `pack ${memo.value!.login}`, value: undefined }])
        memo.value = null
        said.value = 'wiped'
        status.value = 'none'
      } else if (error.status !== 0 && error.status !== 401) throw e
    }
  }
  async function openBy(passphrase: string) {
    const answer = await tryPassphrase(shelf, memo.value!, passphrase)
    memo.value = await memoOf(shelf, memo.value!.login)
    if (answer.state === 'open') await take(answer.key)
    if (answer.state === 'wiped') said.value = 'wiped'
    return answer
  }
  async function setUp(name: string, passphrase: string, limits: { tries: number; minutes: number }) {
    const got = await post('/field/devices', { name })
    const fresh: DeviceMemo = { id: got.device.id, login: login.value, name, lock: null, tries: 0, most: limits.tries, until: '', behind: 0, seen: Date.now(), tolerance: limits.minutes * 60_000 }
    memo.value = await setPassphrase(shelf, told(fresh, got.now, Date.now()), got.key, passphrase)
    localStorage.setItem(WHO, login.value)
    said.value = ''
    // The browser is asked not to throw it away when it gets short of room.
    void navigator.storage?.persist?.()
    await take(await keyOf(got.key))
  }
  async function newPassphrase(passphrase: string) {
    const got = await post('/field/devices/{id}/key', undefined, { id: memo.value!.id })
    memo.value = await setPassphrase(shelf, memo.value!, got.key, passphrase)
    localStorage.setItem(WHO, login.value)
  }
  async function takeAlong(customers: string[]) {
    const got = (await post('/field/devices/{id}/take', { customers }, { id: memo.value!.id })) as unknown as FieldPack
    memo.value = await keepPack(shelf, told(memo.value!, got.now, Date.now()), key!, got)
    pack.value = got
    said.value = ''
  }
  /** Nothing of the customers stays; the device is no longer one of ours. */
  async function end(reason: string) {
    if (memo.value) await post('/field/devices/{id}/wiped', { reason }, { id: memo.value.id })
    const login = memo.value?.login
    await forget('ended')
    if (login) await shelf.put([{ store: 'devices', key: login, value: undefined }])
    localStorage.removeItem(WHO)
    memo.value = key = queue = null
    entries.value = []
    said.value = ''
    status.value = 'none'
  }

  // ------------------------------------------------------------------------------------ writing

  async function refresh() { entries.value = queue ? await queue.list() : [] }
  /** On the disk first, then on its way. Without a device that is set up it goes at once or not at all. */
  async function submit(entry: Entry, photos: { key: string; name: string; blob: Blob }[] = []): Promise<Entry | null> {
    if (!queue) {
      for (const p of photos) await transport.file(p.blob, p.name)
      await transport.send(entry, { ...entry.body, ...(entry.version === undefined ? {} : { version: entry.version }), entry: { key: entry.key, device: '', made_at: entry.made_at, sent_at: new Date().toISOString() } })
      sent.value++
      return null
    }
    await queue.add(entry, photos)
    await refresh()
    await send()
    return entries.value.find((e) => e.key === entry.key) ?? null
  }
  /** One page of the browser sends at a time. */
  async function send(): Promise<void> {
    if (!queue || sending.value || !entries.value.some((e) => e.state === 'waiting')) return
    if (!session.session) await session.restore().catch(() => null)
    if (!session.session) { stopped.value = navigator.onLine && session.asked ? 'login' : 'network'; return }
    sending.value = true
    try {
      const mine = queue
      const result = await navigator.locks.request('guanhu-field-send', { ifAvailable: true }, async (lock) => (lock ? mine.send(transport) : null))
      if (result) {
        stopped.value = result.stopped
        if (result.done) sent.value++
      }
    } finally {
      sending.value = false
      await refresh()
    }
  }
  async function change(key: string, change: Partial<Entry>) {
    await queue?.change(key, change)
    await refresh()
    await send()
  }
  async function drop(key: string) {
    await queue?.drop(key)
    await refresh()
  }
  const photo = (k: string) => queue?.photo(k) ?? Promise.resolve(null)
  const saveDraft = (what: string, draft: unknown, photos: DraftPhoto[] = []) => (key && memo.value ? keepDraft(shelf, memo.value.login, key, what, draft, photos) : Promise.resolve())
  const readDraft = <T>(what: string) => (key && memo.value ? draftOf<T>(shelf, memo.value.login, key, what) : Promise.resolve(null))
  const theirs = (entry: Entry) => get('/visits/{id}', { id: entry.about.split(' ')[1] ?? '' })

  return { status, memo, pack, entries, sending, stopped, online, said, sent, login, waiting, stuck, start, openBy, openByLogin, setUp, newPassphrase, takeAlong, end, submit, send, change, drop, photo, saveDraft, readDraft, theirs, wake }
})
export type { Body, Entry }
