import java.util.stream.Collectors;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Prints the features that a new cluster of each release has, a line each: release, metadata.version, whether metadata
 * changed since the release before, NAME=LEVEL of every feature. Without kraft.version, which is no matter of the release.
 */
public class KafkaFeatures {
    public static void main(String[] arguments) {
        MetadataVersion before = MetadataVersion.fromVersionString("3.8", false);
        for (String release : new String[] {"3.9", "4.0", "4.1", "4.2", "4.3", "4.4"}) {
            MetadataVersion version = MetadataVersion.fromVersionString(release, false);
            boolean changed = MetadataVersion.checkIfMetadataChanged(before, version);
            String levels = Feature.PRODUCTION_FEATURES.stream()
                    .filter(feature -> feature != Feature.KRAFT_VERSION)
                    .map(feature -> "\t" + feature.featureName() + "=" + feature.defaultLevel(version))
                    .collect(Collectors.joining());
            String metadata = MetadataVersion.FEATURE_NAME + "=" + version.featureLevel();
            System.out.println(String.join("\t", release, version.version(), "" + changed, metadata) + levels);
            before = version;
        }
    }
}
