//! The services, one file each: how a question becomes a request, and how a reply leads to the next.

mod acl_anthology;
mod arxiv;
mod biorxiv;
mod boolean_query;
mod crossref;
mod dblp;
mod europe_pmc;
mod hugging_face;
mod inspire;
mod openalex;
mod opencitations;
mod paging;
mod papers_with_code;
mod pubmed;
pub mod reply;
mod semantic_scholar;
#[cfg(test)]
pub mod testing;
mod unpaywall;
mod url;
mod web;

use super::address::PreprintServer;
use super::protocol::ServiceProtocol;
use super::service::Service;
use super::service_query::QuerySyntax;

/// The protocol of a service.
pub fn protocol(service: Service) -> &'static dyn ServiceProtocol {
    match service {
        Service::HuggingFace => &hugging_face::HuggingFace,
        Service::Arxiv => &arxiv::Arxiv,
        Service::SemanticScholar => &semantic_scholar::SemanticScholar,
        Service::OpenAlex => &openalex::OpenAlex,
        Service::Crossref => &crossref::Crossref,
        Service::Pubmed => &pubmed::Pubmed,
        Service::EuropePmc => &europe_pmc::EuropePmc,
        Service::Biorxiv => &biorxiv::Biorxiv(PreprintServer::Biorxiv),
        Service::Medrxiv => &biorxiv::Biorxiv(PreprintServer::Medrxiv),
        Service::Dblp => &dblp::Dblp,
        Service::Inspire => &inspire::Inspire,
        Service::AclAnthology => &acl_anthology::AclAnthology,
        Service::PapersWithCode => &papers_with_code::PapersWithCode,
        Service::Unpaywall => &unpaywall::Unpaywall,
        Service::OpenCitations => &opencitations::OpenCitations,
        Service::Web => &web::Web,
    }
}

/// The syntax of the queries of a service.
pub fn query_syntax(service: Service) -> QuerySyntax {
    protocol(service).syntax()
}
