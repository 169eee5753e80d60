//! Posts and bodies that stand before or instead of the name of a person.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::is_plain;
use crate::public::model::screen::words::Word;

/// First words of a post, or of words that name nobody. Folded, as all lists here: without accents.
static POSTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "secretaria secretario secretariat coordinacion coordination administracion administration observacion oficina office \
     unidad unit equipo delegacion representacion area todos todas cada ambas por sin director directora jefe jefa \
     asesor asesora coordinador coordinadora ministro ministra presidente presidenta viceministro viceministra \
     representante titular suplente encargado encargada punto enlace delegado delegada gerente subgerente alcalde \
     alcaldesa especialista head deputy focal despacho"
        .split_whitespace()
        .collect()
});

/// First words of the name of a body.
static BODIES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "ministerio ministry gobierno gobernacion comite comision direccion departamento division subsecretaria \
     superintendencia inspeccion servicio instituto organizacion organismo fundacion corporacion asociacion sindicato \
     fiscalia defensoria policia municipalidad universidad consejo programa gerencia subgerencia junta poder carabineros \
     corte tribunal congreso senado colegio confederacion federacion central agencia embajada contraloria procuraduria \
     intendencia jefatura plataforma"
        .split_whitespace()
        .collect()
});

/// Words that follow in a post or in the name of a body: `técnica`, `de Salud`.
static SUBJECTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "tecnica tecnico technical regional nacional national general ejecutiva ejecutivo municipal provincial distrital \
     departamental metropolitana metropolitano publica publico publicas public interinstitucional intersectorial \
     multisectorial permanente adjunta adjunto alterna alterno interina interino social sociales humano humanos derechos \
     desarrollo development trabajo trabajadores labour empleo promocion educacion education salud health justicia \
     justice interior economia finanzas agricultura turismo comercio exterior exteriores relaciones produccion mujer \
     mujeres genero ninez infancia adolescencia adolescentes ninos ninas familia inclusion poblaciones vulnerables \
     proteccion prevencion erradicacion fiscalizacion laboral planificacion planeamiento presupuesto estadistica \
     informatica asesoria juridica comunicaciones cooperacion internacional migraciones seguridad ciudadana civil \
     judicial estudios infantil forzoso trata personas local locales regionales republica comercial institucion \
     instituciones miembros integrantes participantes affairs"
        .split_whitespace()
        .collect()
});

/// Words inside names that are left out before two words of a name are compared with two words of a text.
pub(super) const PARTICLES: &[&str] =
    &["de", "del", "la", "las", "los", "el", "da", "do", "das", "di", "van", "von", "san", "santa"];

/// The kind of post with which an entry begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    Person,
    Body,
}

impl Post {
    pub(super) fn of(words: &[Word]) -> Option<Self> {
        let first = words.iter().find(|word| is_plain(word))?.folded.as_str();
        if BODIES.contains(first) {
            return Some(Self::Body);
        }
        POSTS.contains(first).then_some(Self::Person)
    }
}

/// Returns the words behind a post; all of them if they begin with none. Words in small letters belong to the post, unless
/// there are no others. A word after `de` belongs to a body, but may be the name of a person behind a post: `Ministerio de
/// Agua`, `Oficina de Rosa Quispe`.
pub(super) fn without_post(words: &[Word]) -> &[Word] {
    let Some(post) = Post::of(words) else { return words };
    let begins_large = |word: &Word| word.written.starts_with(char::is_uppercase);
    let has_large = words.iter().any(begins_large);
    let belongs = |at: usize, word: &Word| {
        let own = word.folded.as_str();
        let is_known = [&POSTS, &BODIES, &SUBJECTS].into_iter().any(|list| list.contains(own));
        let before = words.get(..at).and_then(<[Word]>::last);
        let follows_particle = before.is_some_and(|before| PARTICLES.contains(&before.folded.as_str()));
        is_known || !is_plain(word) || (has_large && !begins_large(word)) || (post == Post::Body && follows_particle)
    };
    let end = words.iter().enumerate().find(|(at, word)| !belongs(*at, word)).map_or(words.len(), |(at, _)| at);
    words.get(end..).unwrap_or_default()
}
