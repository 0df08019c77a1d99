/** Returns the path of a restore image; anything without one is left to the check of the params, which names it. */
export function restoreImagePath(image: string | { path?: string | undefined }): string {
  return (typeof image === "object" ? image?.path : image) as string;
}
