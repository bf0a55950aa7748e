/**
 * Where frames come from, and how they are told to the model.
 *
 * <pre>
 *   FrameSource    one frame after the other, each with the name of where it came from
 *   RawFrames      frames as the model reads them, from a stream
 *   FrameStream    PPM pictures or raw frames, from a stream
 *   CommandFrames  the same from a command that goes on; CapturedFrames: a command for each frame
 *   PictureFiles   PNG, JPEG and PPM files
 *   FrameLayout    what one frame of a bundle consists of
 *   Picture        pixels; read by PortableMap and ImageIoPictures, behind PictureReader
 * </pre>
 *
 * A folder that is watched becomes another {@code FrameSource}.
 */
@NullMarked
package io.edgewright.device.frames;

import org.jspecify.annotations.NullMarked;
