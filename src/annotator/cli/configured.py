"""What the config file says, for the commands that ask."""

import os

from annotator.config.place import config_text
from annotator.config.settings import Settings


def configured() -> Settings:
    """The settings of the person who runs this command.

    Raises:
        AnnotatorError: The config file cannot be read, or something in it is wrong.
    """
    return _settings()


def configured_for_screen() -> Settings:
    """The settings, once it is known that a screen can be opened with them: the keys are right too.

    Raises:
        AnnotatorError: As `configured`, or a key cannot be what the file says it is.
    """
    return _settings(with_keys=True)


def _settings(*, with_keys: bool = False) -> Settings:
    path, text = config_text(os.environ)
    if text is None:
        return Settings()
    # Every start comes by here; what reads a file is loaded only where there is one.
    from annotator.config.file import ConfigFile

    config = ConfigFile(path, text)
    if with_keys and (config.settings.keys or config.settings.text_keys):
        from annotator.tui.key_settings import key_mistakes

        config.mistakes += key_mistakes(config)
    config.refuse_mistakes()
    return config.settings
