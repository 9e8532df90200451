"use client";

import { useEffect, useState } from "react";

/**
 * The frame fills the window, and the window the display where the browser allows it. The whole document goes, not the
 * frame alone: menus and messages stand beside the frame in the document and must stay visible.
 */
export function useFullScreen() {
  const [isOn, setOn] = useState(false);

  useEffect(() => {
    const follow = () => {
      if (document.fullscreenElement === null) setOn(false);
    };
    document.addEventListener("fullscreenchange", follow);
    return () => {
      document.removeEventListener("fullscreenchange", follow);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);

  function toggle() {
    setOn(!isOn);
    if (!isOn) void document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
  }

  return { isOn, toggle };
}

export type FullScreen = ReturnType<typeof useFullScreen>;
