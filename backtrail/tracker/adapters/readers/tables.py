"""pandas, polars and pyarrow: files with tables in them."""

from __future__ import annotations

from types import ModuleType

from ..adapter import Mismatch
from .reader import Reader

_PANDAS = {
    "read_csv": "filepath_or_buffer",
    "read_table": "filepath_or_buffer",
    "read_fwf": "filepath_or_buffer",
    "read_json": "path_or_buf",
    "read_excel": "io",
    "read_parquet": "path",
    "read_feather": "path",
    "read_orc": "path",
    "read_pickle": "filepath_or_buffer",
    "read_stata": "filepath_or_buffer",
    "read_sas": "filepath_or_buffer",
    "read_spss": "path",
    "read_xml": "path_or_buffer",
    "read_hdf": "path_or_buf",
}
_POLARS = ("read_csv", "read_parquet", "read_json", "read_ndjson", "read_ipc", "read_avro", "read_delta")
_LAZY = ("scan_csv", "scan_parquet", "scan_ndjson", "scan_ipc")
_POLARS_WRITES = ("write_csv", "write_parquet", "write_json", "write_ndjson", "write_ipc", "write_avro")


class Pandas(Reader):
    """Records the tables that are read from files."""

    origin = "pandas"
    library = "pandas"

    def attend(self, name: str, module: ModuleType) -> None:
        """``pandas`` has been imported."""
        if not [one for one, argument in _PANDAS.items() if self.reads(module, one, argument)]:
            raise Mismatch("no reader is there")
        self.writes(module.DataFrame, "to_parquet", "path")
        self.writes(module.DataFrame, "to_feather", "path")
        self.writes(module.DataFrame, "to_hdf", "path_or_buf")


class Polars(Reader):
    """Records the files that are read and written without Python being told."""

    origin = "polars"
    library = "polars"

    def attend(self, name: str, module: ModuleType) -> None:
        """``polars`` has been imported."""
        if not [one for one in _POLARS if self.reads(module, one, "source")]:
            raise Mismatch("no reader is there")
        self.reads(module, "read_excel", "source")
        for one in _LAZY:
            self.opens(module, one, "source")
        for one in _POLARS_WRITES:
            self.writes(module.DataFrame, one, "file")
        for one in ("sink_csv", "sink_parquet", "sink_ndjson", "sink_ipc"):
            self.writes(module.LazyFrame, one, "path")


class Parquet(Reader):
    """Records the files of ``pyarrow.parquet``."""

    origin = "pyarrow"
    library = "pyarrow"

    def attend(self, name: str, module: ModuleType) -> None:
        """``pyarrow.parquet.core`` has been imported."""
        if not self.reads(module, "read_table", "source"):
            raise Mismatch("read_table is missing")
        self.opens(module.ParquetFile, "__init__", "source")
        self.writes(module, "write_table", "where")
        self.writes(module.ParquetWriter, "__init__", "where")
