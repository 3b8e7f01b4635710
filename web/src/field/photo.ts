// A photo as it hangs on a visit: made small here, with the digests of what was taken and of what is sent, when and where.
import { shrink } from '@/records/images'
import { whereAmI } from './geo'
import type { NewPhoto, PhotoNote } from './types'

/** Small enough even where the camera's picture does not shrink well: then the sides get shorter. */
export async function small(file: Blob, edge: number, kilobytes: number) {
  let made = await shrink(file, edge, kilobytes * 1024)
  for (let side = edge; made.blob.size > kilobytes * 1024 && side > 200; ) {
    side = Math.round(side * 0.75)
    made = { ...(await shrink(file, side, kilobytes * 1024)), original: made.original }
  }
  return made
}

export async function takePhoto(file: File, limits: { edge: number; kilobytes: number }): Promise<{ photo: NewPhoto; note: PhotoNote }> {
  const [made, position] = await Promise.all([small(file, limits.edge, limits.kilobytes), whereAmI()])
  const name = `${file.name.replace(/\.\w+$/, '') || 'photo'}.jpg`
  // The camera's file says when it was written; a file without a sensible time was taken now.
  const at = file.lastModified > 0 && file.lastModified <= Date.now() ? file.lastModified : Date.now()
  return {
    photo: { key: crypto.randomUUID(), name, blob: made.blob, width: made.width, height: made.height, original_size: made.original.size },
    note: { digest: made.digest, original: made.original.digest, name, note: '', taken_at: new Date(at).toISOString(), position },
  }
}
