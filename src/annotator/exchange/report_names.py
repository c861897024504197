"""Reports as people and files name them: by their key, or by the file they came from."""

from annotator.errors import AnnotatorError
from annotator.store.corpus import reports
from annotator.store.project import Project


class ReportNames:
    """The reports of a project, to be found by name.

    Args:
        project: The project.
    """

    def __init__(self, project: Project) -> None:
        self._keys: set[str] = set()
        self._by_file: dict[str, list[str]] = {}
        for row in reports(project):
            self._keys.add(row.key)
            self._by_file.setdefault(row.name, []).append(row.key)

    def keys(self, name: str) -> list[str]:
        """The key of every report that a name can mean; none if it means no report.

        Args:
            name: A key, or the name of the file a report was imported from.
        """
        return [name] if name in self._keys else self._by_file.get(name, [])

    def one_key(self, name: str) -> str:
        """The key of the one report that a name means.

        Raises:
            AnnotatorError: It means none, or several.
        """
        keys = self.keys(name)
        if len(keys) != 1:
            what = f"{len(keys)} reports come" if keys else "No report comes"
            raise AnnotatorError(
                f"{what} from a file named {name}, and none has that key; name one report by "
                "its key, which `annotator passages --json` gives."
            )
        return keys[0]
