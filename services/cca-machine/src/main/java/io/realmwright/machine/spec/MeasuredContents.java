package io.realmwright.machine.spec;

/** Whether the contents of populated images enter the RIM. The addresses of populated granules always do. */
public enum MeasuredContents {
    /** Each image as its {@link ImagePlacement#measured()} says. */
    AS_SPECIFIED,
    ALWAYS,
    NEVER;

    public boolean measures(ImagePlacement image) {
        return switch (this) {
            case AS_SPECIFIED -> image.measured();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
