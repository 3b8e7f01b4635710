// What stays on the device when the browser is gone: IndexedDB, behind the few things that are asked of it. Every
// change is on the disk before its promise is kept (durability "strict"): a browser that is killed then loses nothing.
const NAME = 'guanhu-field'
export type Store = 'devices' | 'sealed' | 'queue' | 'photos'
const STORES: Store[] = ['devices', 'sealed', 'queue', 'photos']

export interface Shelf {
  get: <T>(store: Store, key: string) => Promise<T | undefined>
  /** All of a store with their keys, in the order of the keys. */
  all: <T>(store: Store) => Promise<[string, T][]>
  /** Every change or none of them; undefined takes the value away. */
  put: (changes: { store: Store; key: string; value: unknown }[]) => Promise<void>
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => { for (const s of STORES) if (!asked.result.objectStoreNames.contains(s)) asked.result.createObjectStore(s) }
    asked.onsuccess = () => {
      // Another page with a newer version must not wait for this one.
      asked.result.onversionchange = () => asked.result.close()
      done(asked.result)
    }
    asked.onerror = () => failed(asked.error)
  })
}

export function browserShelf(): Shelf {
  let base: Promise<IDBDatabase> | null = null
  async function within<T>(stores: Store[], mode: IDBTransactionMode, work: (t: IDBTransaction) => () => T): Promise<T> {
    base ??= opened()
    let db: IDBDatabase
    try {
      db = await base
    } catch (e) {
      base = null
      throw e
    }
    return new Promise((done, failed) => {
      const t = db.transaction(stores, mode, { durability: 'strict' })
      const answer = work(t)
      t.oncomplete = () => done(answer())
      t.onerror = t.onabort = () => failed(t.error)
    })
  }
  return {
    get: <T>(store: Store, key: string) => within([store], 'readonly', (t) => {
      const asked = t.objectStore(store).get(key)
      return () => asked.result as T | undefined
    }),
    all: <T>(store: Store) => within([store], 'readonly', (t) => {
      const keys = t.objectStore(store).getAllKeys()
      const values = t.objectStore(store).getAll()
      return () => keys.result.map((k, i) => [String(k), values.result[i] as T] as [string, T])
    }),
    put: (changes) => within([...new Set(changes.map((c) => c.store))], 'readwrite', (t) => {
      for (const c of changes) {
        if (c.value === undefined) t.objectStore(c.store).delete(c.key)
        else t.objectStore(c.store).put(c.value, c.key)
      }
      return () => undefined
    }),
  }
}

/** For tests, and where the browser keeps nothing (a private window): until the page is gone. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, Map<string, unknown>>(STORES.map((s) => [s, new Map()]))
  return {
    get: async <T>(store: Store, key: string) => kept.get(store)!.get(key) as T | undefined,
    all: async <T>(store: Store) => [...kept.get(store)!].sort(([a], [b]) => (a < b ? -1 : 1)) as [string, T][],
    put: async (changes) => {
      for (const c of changes) {
        if (c.value === undefined) kept.get(c.store)!.delete(c.key)
        else kept.get(c.store)!.set(c.key, structuredClone(c.value))
      }
    },
  }
}
