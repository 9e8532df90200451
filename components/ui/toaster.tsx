"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { hasToasts, onToast } from "./show-toast";

const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList), { ssr: false });

/** Once, in the root layout. What draws the messages is fetched with the first one. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);

  useEffect(() => onToast(() => setWanted(hasToasts)), []);

  return wanted && <ToastList />;
}
