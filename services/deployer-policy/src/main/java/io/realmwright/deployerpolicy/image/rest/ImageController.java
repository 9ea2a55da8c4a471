package io.realmwright.deployerpolicy.image.rest;

import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.deployerpolicy.image.StoredImage;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/images/{sha256}")
class ImageController {
    private final Images images;
    private final int maxBytes;

    ImageController(Images images, ImageProperties properties) {
        this.images = images;
        this.maxBytes = Math.toIntExact(properties.maxSize().toBytes());
    }

    record ImageBody(String sha256, long sizeBytes, boolean generated, Instant createdAt) {
        static ImageBody of(StoredImage image) {
            return new ImageBody(image.sha256(), image.sizeBytes(), image.generated(), image.createdAt());
        }
    }

    @PutMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<ImageBody> upload(@PathVariable String sha256, InputStream body) throws IOException {
        check(sha256);
        byte[] content = body.readNBytes(maxBytes);
        if (body.read() != -1) {
            throw Problem.PAYLOAD_TOO_LARGE.because("An image has at most " + maxBytes + " bytes.");
        }
        if (content.length == 0) {
            throw Problem.UNREADABLE_REQUEST.because("An image has at least one byte.");
        }
        Images.Upload upload = images.upload(sha256, content);
        return switch (upload) {
            case STORED ->
                ResponseEntity.created(URI.create("/v1/images/" + sha256)).body(describe(sha256));
            case ALREADY_KNOWN -> ResponseEntity.ok(describe(sha256));
            case DIGEST_MISMATCH ->
                throw Problem.DIGEST_MISMATCH.because("The content's SHA-256 is not " + sha256 + ".");
        };
    }

    private ImageBody describe(String sha256) {
        return images.describe(sha256).map(ImageBody::of).orElseThrow(() -> unknown(sha256));
    }

    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> isThere(@PathVariable String sha256) {
        check(sha256);
        StoredImage image = images.describe(sha256).orElseThrow(() -> unknown(sha256));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(image.sizeBytes())
                .build();
    }

    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> content(@PathVariable String sha256) {
        check(sha256);
        byte[] content = images.content(sha256).orElseThrow(() -> unknown(sha256));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(content);
    }

    @DeleteMapping
    ResponseEntity<Void> remove(@PathVariable String sha256) {
        check(sha256);
        return switch (images.remove(sha256)) {
            case REMOVED -> ResponseEntity.noContent().build();
            case UNKNOWN -> throw unknown(sha256);
            case IN_USE -> throw Problem.IMAGE_IN_USE.because("A realm names image " + sha256 + ".");
        };
    }

    private static void check(String sha256) {
        var fields = new Fields();
        fields.sha256("sha256", sha256);
        fields.throwIfAny();
    }

    private static ErrorResponseException unknown(String sha256) {
        return Problem.NOT_FOUND.because("There is no image " + sha256 + ".");
    }
}
