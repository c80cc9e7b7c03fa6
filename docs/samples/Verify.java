// Is this request from Wasit? Standard Webhooks v1, with what Java has (11 or newer).

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Verify {
    private static final long TOLERANCE_SECONDS = 5 * 60;

    /** {@code secret}: whsec_…; {@code body}: the bytes as they came, before anything has parsed them. */
    public static boolean isFromWasit(
            String secret, String id, String timestamp, String signatures, byte[] body, Instant now)
            throws GeneralSecurityException {
        if (id == null || signatures == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) return false;
        if (Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) return false;

        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
        // While a secret is being changed there are two signatures; one that fits is enough.
        boolean fits = false;
        for (String given : signatures.split(" ")) fits |= MessageDigest.isEqual(expected, given.getBytes(UTF_8));
        return fits;
    }

    /** To try it: java Verify.java SECRET ID TIMESTAMP SIGNATURES < body */
    public static void main(String[] args) throws Exception {
        boolean genuine =
                isFromWasit(args[0], args[1], args[2], args[3], System.in.readAllBytes(), Instant.now());
        System.out.println(genuine ? "genuine" : "not genuine");
    }
}
