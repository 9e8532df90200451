type QrPictureProps = { size: number; path: string; label: string };

/** Dark on light also in the dark theme: many apps read no other. */
export function QrPicture({ size, path, label }: QrPictureProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto w-full max-w-56 rounded-lg border bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  );
}
