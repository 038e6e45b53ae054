//! `bindgen MODULE.wasm RELAXED.wasm OUT_DIR`: writes the JavaScript bindings of a built module, and beside its
//! `probatum_bg.wasm` the build for relaxed SIMD, `probatum_relaxed_bg.wasm`, which takes the same bindings.
//!
//! A binary of this workspace, not the published command-line tool, so that Cargo.lock pins both sides of the
//! binding format and a fresh machine installs nothing.

use std::{env, error::Error, fs, path::Path};
use wasm_bindgen_cli_support::{Bindgen, Output};

fn main() -> Result<(), Box<dyn Error>> {
    let [module, relaxed, out_dir] = <[String; 3]>::try_from(env::args().skip(1).collect::<Vec<_>>())
        .map_err(|_| "usage: bindgen MODULE.wasm RELAXED.wasm OUT_DIR")?;
    let (mut plain, mut other) = (bind(&module)?, bind(&relaxed)?);
    if plain.js() != other.js() {
        return Err(format!("{module} and {relaxed} need different bindings: are they builds of the same code?").into());
    }
    fs::create_dir_all(&out_dir)?;
    fs::write(Path::new(&out_dir).join("probatum_relaxed_bg.wasm"), other.wasm_mut().emit_wasm())?;
    // Last: whether the package is up to date is read from the time of these files.
    plain.emit(out_dir)?;
    Ok(())
}

fn bind(module: &str) -> Result<Output, Box<dyn Error>> {
    let output = Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        // A tenth of the file, of no use to a reader.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    Ok(output)
}
