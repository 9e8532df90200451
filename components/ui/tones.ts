/** The meaning of a colour; colour is never the only carrier of it. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

export const toneText: Record<Tone, string> = {
  neutral: "text-neutral",
  info: "text-info",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
};

export const toneSoft: Record<Tone, string> = {
  neutral: "border-neutral-line bg-neutral-soft text-neutral",
  info: "border-info-line bg-info-soft text-info",
  success: "border-success-line bg-success-soft text-success",
  warning: "border-warning-line bg-warning-soft text-warning",
  danger: "border-danger-line bg-danger-soft text-danger",
};

export const toneSolid: Record<Tone, string> = {
  neutral: "bg-neutral-solid",
  info: "bg-info-solid",
  success: "bg-success-solid",
  warning: "bg-warning-solid",
  danger: "bg-danger-solid",
};
