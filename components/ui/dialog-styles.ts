export const dialogOverlay = "fixed inset-0 z-50 animate-fade bg-overlay";

export const dialogPanel = [
  "fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[92dvh] w-full overflow-y-auto rounded-t-xl bg-raised p-4 text-ink shadow-floating animate-enter",
  "pb-[max(1rem,env(safe-area-inset-bottom))] focus:outline-none",
  "sm:top-[12vh] sm:bottom-auto sm:max-h-[80vh] sm:rounded-xl sm:p-5",
].join(" ");

export const dialogWidths = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-3xl" };

export type DialogWidth = keyof typeof dialogWidths;
