package io.realmwright.hostagent.machine;

/**
 * The lines that a realm's trace has gained. Chunks can be put one after the other: the whole is gzip again.
 *
 * @param firstLine number of the first of these lines in the whole trace, from 0
 * @param lines how many lines
 * @param sizeBytes how long they are uncompressed
 * @param gzip the lines, each ended by a line feed, compressed; empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to the database, compared with nothing
public record TraceChunk(long firstLine, long lines, long sizeBytes, byte[] gzip) {}
