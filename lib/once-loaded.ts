/**
 * Loads something when it is first asked for, and once. What could not be loaded, with too many
 * files open for one, is tried again by whoever asks next.
 */
export function onceLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
