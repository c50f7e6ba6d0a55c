import { Component, type JSX, type ReactNode, Suspense } from 'react';

/** What a boundary says while its content is fetched, and when it cannot be shown. */
export interface IBoundaryProps {
  readonly loading: string;
  readonly failed: string;
  readonly children: ReactNode;
}

/**
 * Keeps what goes wrong in a part of a screen from taking the rest with it.
 *
 * #### Notes
 * A part that is fetched when it is first shown cannot be fetched when the server is gone or has
 * another version by then.
 */
export class Boundary extends Component<IBoundaryProps, { readonly isBroken: boolean }> {
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override readonly state = { isBroken: false };

  override render(): JSX.Element {
    const { loading, failed, children } = this.props;
    return this.state.isBroken ? (
      <p className="bt-Notice" role="alert">
        {failed}
      </p>
    ) : (
      <Suspense fallback={<p className="bt-Wait">{loading}</p>}>{children}</Suspense>
    );
  }
}
