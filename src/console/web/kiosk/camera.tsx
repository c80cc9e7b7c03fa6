// A scan by the machine's camera, where its browser can read codes.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { useSpeech } from './speech.ts';

interface Detector {
  detect(from: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: readonly string[] }) => Detector;
  }
}

const FORMATS = ['qr_code', 'code_128', 'code_39', 'data_matrix'];
const LOOK_EVERY_MS = 250;

export function CameraScan({ scanned }: { scanned: (text: string) => void }) {
  const { words } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const Detector = window.BarcodeDetector;
  if (Detector === undefined) return null;
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {words.camera}
      </button>
      {isOpen && <Looking Detector={Detector} scanned={scanned} close={() => setOpen(false)} />}
    </>
  );
}

interface LookingProps {
  Detector: NonNullable<Window['BarcodeDetector']>;
  scanned: (text: string) => void;
  close: () => void;
}

function Looking({ Detector, scanned, close }: LookingProps) {
  const { words } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const detector = new Detector({ formats: FORMATS });
    const look = async (): Promise<void> => {
      if (video.current === null || isOver) return;
      const [found] = await detector.detect(video.current).catch(() => []);
      if (found === undefined || isOver) return;
      close();
      scanned(found.rawValue);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then((given) => {
      stream = given;
      if (isOver) given.getTracks().forEach((track) => track.stop());
      else if (video.current !== null) video.current.srcObject = given;
    }, close);
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <Dialog title={words.cameraHint} onClose={close}>
      <video ref={video} autoplay muted playsInline />
      <footer>
        <button type="button" class="big" onClick={close}>
          {words.cancel}
        </button>
      </footer>
    </Dialog>
  );
}
