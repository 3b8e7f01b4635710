// Photos made small enough for a village's network, before they are sent; the digest of what was taken stays known.
export interface Shrunk { blob: Blob; width: number; height: number; digest: string; original: { digest: string; size: number } }

export async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((b) => b.toString(16).padStart(2, '0')).join('')
}

/** A JPEG no longer than `longest` px on a side and, as far as quality 0.5 allows, no larger than `most` bytes. */
export async function shrink(file: Blob, longest = 1600, most = 400 * 1024): Promise<Shrunk> {
  const original = { digest: await digestOf(await file.arrayBuffer()), size: file.size }
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  let blob: Blob | null = null
  for (let quality = 0.85; quality >= 0.5; quality -= 0.1) {
    blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
    if (blob && blob.size <= most) break
  }
  if (!blob) throw new Error('the photo cannot be read')
  return { blob, width: canvas.width, height: canvas.height, digest: await digestOf(await blob.arrayBuffer()), original }
}
