//! `bindgen MODULE.wasm OUT_DIR`: writes the JavaScript bindings of a built module.
//!
//! A binary of this workspace, not the published command-line tool, so that Cargo.lock pins both sides of the
//! binding format and a fresh machine installs nothing.

use std::{env, error::Error};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let [module, out_dir] = <[String; 2]>::try_from(env::args().skip(1).collect::<Vec<_>>())
        .map_err(|_| "usage: bindgen MODULE.wasm OUT_DIR")?;
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        // A tenth of the file, of no use to a reader.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out_dir)?;
    Ok(())
}
