interface LockEntry {
  optionalDependencies?: Record<string, string>;
}

/** Packages for other platforms that a locked one may ask for and the lock file does not hold: with one missing, npm ci refuses. */
export function checkLockIsWhole(packages: Record<string, LockEntry>): string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesAbove(place).some((above) => `${above}node_modules/${name}` in packages))
      .map((name) => `${place} may ask for ${name}, which is not locked`),
  );
}

/** From the package itself up to the root, as Node looks for what a package imports. */
function placesAbove(place: string): string[] {
  if (place === "") return [""];
  return [`${place}/`, ...placesAbove(place.slice(0, Math.max(place.lastIndexOf("/node_modules/"), 0)))];
}
